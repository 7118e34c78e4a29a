NAME        
ROWS
 N  NoObj   
 L  purchase_limit_110000
 L  purchase_limit_120000
 L  purchase_limit_130000
COLUMNS
    purchase_110000  purchase_limit_110000  1
    purchase_120000  purchase_limit_120000  1
    purchase_130000  purchase_limit_130000  1
RHS
    RHS_V     purchase_limit_110000  5
    RHS_V     purchase_limit_120000  10
    RHS_V     purchase_limit_130000  15
ENDATA
